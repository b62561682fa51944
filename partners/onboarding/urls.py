from django.urls import path

from .views import applying, desk, parts

app_name = "onboarding"
urlpatterns = [
    path("", applying.welcome, name="welcome"),
    path("agreement/<str:kind>/", applying.public_agreement, name="public_agreement"),
    path("applications/", applying.home, name="home"),
    path("applications/new/", applying.begin, name="begin"),
    path("applications/<uuid:public_id>/", applying.application, name="application"),
    path("applications/<uuid:public_id>/organisation/", applying.organisation, name="organisation"),
    path("applications/<uuid:public_id>/signer/", applying.signer, name="signer"),
    path("applications/<uuid:public_id>/papers/", parts.papers, name="papers"),
    path("applications/<uuid:public_id>/papers/<uuid:paper_id>/remove/", parts.remove_paper, name="remove_paper"),
    path("applications/<uuid:public_id>/people/", parts.people, name="people"),
    path("applications/<uuid:public_id>/people/<uuid:person_id>/", parts.person, name="person"),
    path("applications/<uuid:public_id>/people/<uuid:person_id>/papers/", parts.person_paper, name="person_paper"),
    path("applications/<uuid:public_id>/people/<uuid:person_id>/remove/", parts.remove_person, name="remove_person"),
    path("applications/<uuid:public_id>/agreement/", applying.agreement, name="agreement"),
    path("applications/<uuid:public_id>/submit/", applying.submit, name="submit"),
    path("applications/<uuid:public_id>/withdraw/", applying.withdraw, name="withdraw"),
    path("applications/<uuid:public_id>/questions/<uuid:question_id>/", applying.answer, name="answer"),
    path("desk/", desk.desk, name="desk"),
    path("desk/agreements/", desk.register, name="register"),
    path("desk/<uuid:public_id>/", desk.case, name="case"),
    path("desk/<uuid:public_id>/take/", desk.take, name="take"),
    path("desk/<uuid:public_id>/checks/", desk.checks, name="checks"),
    path("desk/<uuid:public_id>/ask/", desk.ask, name="ask"),
    path("desk/<uuid:public_id>/propose/", desk.propose, name="propose"),
    path("desk/<uuid:public_id>/decide/", desk.decide, name="decide"),
]
