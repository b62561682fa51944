from django.urls import URLPattern, path

from .views import checkins, coping, diary, diary_sharing, games, moods, practices

app_name = "wellbeing"

urlpatterns: list[URLPattern] = [
    path("", practices.home, name="home"),
    path("runs/", practices.runs, name="runs"),
    path("runs/forget/", practices.forget_all, name="forget_runs"),
    path("runs/<uuid:public_id>/forget/", practices.forget, name="forget_run"),
    path("games/time/", games.note_time, name="game_time"),
    path("games/<slug:slug>/", games.game, name="game"),
    path("plan/", coping.plan, name="plan"),
    path("plan/worker.js", coping.worker, name="plan_worker"),
    path("plan/keep/", coping.keep, name="keep_plan"),
    path("plan/earlier/", coping.earlier, name="earlier_plans"),
    path("plan/earlier/<uuid:public_id>/restore/", coping.restore, name="restore_plan"),
    path("plan/forget/", coping.forget, name="forget_plan"),
    path("mood/", moods.mood, name="mood"),
    path("mood/chart/", moods.chart, name="mood_chart"),
    path("mood/mine.json", moods.export, name="export_mine"),
    path("mood/forget/", moods.forget_all, name="forget_moods"),
    path("mood/<uuid:public_id>/", moods.kept, name="mood_kept"),
    path("mood/<uuid:public_id>/change/", moods.change, name="change_mood"),
    path("mood/<uuid:public_id>/forget/", moods.forget, name="forget_mood"),
    path("mood/<uuid:public_id>/show/", diary_sharing.share_mood, name="share_mood"),
    path("diary/", diary.index, name="diary"),
    path("diary/new/", diary.write, name="write_diary"),
    path("diary/reading-along/", diary.choose, name="diary_choice"),
    path("diary/forget/", diary.forget_all, name="forget_diary"),
    path("diary/given/", diary_sharing.given, name="given"),
    path("diary/given/<uuid:public_id>/withdraw/", diary_sharing.withdraw, name="withdraw_share"),
    path("diary/shown/", diary_sharing.shown, name="shown"),
    path("diary/shown/<uuid:public_id>/", diary_sharing.shown_entry, name="shown_entry"),
    path("diary/shown/<uuid:public_id>/answer/", diary_sharing.answer, name="answer_share"),
    path("diary/<uuid:public_id>/", diary.page, name="diary_page"),
    path("diary/<uuid:public_id>/edit/", diary.edit, name="edit_diary"),
    path("diary/<uuid:public_id>/forget/", diary.forget, name="forget_page"),
    path("diary/<uuid:public_id>/show/", diary_sharing.share_page, name="share_page"),
    path("check-ins/", checkins.plan, name="checkins"),
    path("check-ins/stop/", checkins.stop, name="stop_checkins"),
    path("check-ins/<uuid:public_id>/", checkins.checkin, name="checkin"),
    path("check-ins/<uuid:public_id>/later/", checkins.snooze, name="snooze_checkin"),
    path("check-ins/<uuid:public_id>/skip/", checkins.skip, name="skip_checkin"),
    # Last: everything else is the name of a practice.
    path("<slug:slug>/", practices.practice, name="practice"),
    path("<slug:slug>/keep/", practices.keep, name="keep_run"),
]
