"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_admin_urls

from marketplace.core.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    path("", include("marketplace.home.urls")),
    path("", include("marketplace.core.urls")),
    path("", include("marketplace.notifications.urls")),
    path("help/", include("marketplace.safeguarding.urls")),
    path("help/", include("catalog.browse.help_urls")),
    path("help/worried/", include("marketplace.safeguarding.reports.urls")),
    path("letters/", include("marketplace.safeguarding.letters.urls")),
    path("safety/", include("marketplace.safeguarding.concerns.urls")),
    path("talks/", include("cms.content.events.urls")),
    path("library/claims/", include("cms.content.claims.urls")),
    path("library/send/", include("cms.content.submissions.urls")),
    path("library/sharing/", include("cms.content.sharing.urls")),
    path("library/", include("cms.content.urls")),
    path("practice/", include("cms.wellbeing.urls")),
    path("community/", include("cms.community.urls")),
    path("accounts/", include("marketplace.accounts.urls")),
    path("accounts/", include("marketplace.accounts.security.urls")),
    path("accounts/", include("marketplace.families.account_urls")),
    path("accounts/", include("allauth.urls")),
    path("family/", include("marketplace.families.urls")),
    path("consent/", include("marketplace.consent.urls")),
    path("privacy/seen/", include("marketplace.consent.access_log.urls")),
    path("privacy/rights/", include("marketplace.consent.rights.urls")),
    path("privacy/complaints/", include("marketplace.consent.complaints.urls")),
    path("privacy/council/", include("marketplace.consent.council.urls")),
    path("privacy/retention/", include("marketplace.consent.retention.urls")),
    path("privacy/", include("marketplace.consent.notices.urls")),
    path("services/", include("catalog.browse.urls")),
    path("bookings/", include("catalog.scheduling.urls")),
    path("basket/", include("catalog.basket.urls")),
    path("checkout/", include("catalog.checkout.urls")),
    path("orders/", include("catalog.order.urls")),
    path("mine/", include("catalog.fulfilment.urls")),
    path("pay/for/", include("payments.requests.urls")),
    path("pay/plan/", include("payments.subscriptions.urls")),
    path("pay/fapiao/", include("payments.fapiao.urls")),
    path("pay/fees/", include("payments.settlement.urls")),
    path("pay/", include("payments.urls")),
    path("credits/", include("catalog.credits.urls")),
    path("vouchers/", include("catalog.vouchers.urls")),
    path("returns/", include("catalog.returns.urls")),
    path("waitlist/", include("catalog.waitlist.urls")),
    path("room/notes/", include("catalog.consultations.notes.urls")),
    path("room/measures/", include("catalog.consultations.measures.urls")),
    path("room/feedback/", include("catalog.consultations.feedback.urls")),
    path("room/", include("catalog.consultations.urls")),
    path("plans/", include("catalog.plans.urls")),
    path("clinic/", include("partners.clinics.urls")),
    path("backoffice/", include("partners.backoffice.urls")),
    path("finance/", include("partners.finance.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    # One door: Wagtail's own sign-in page would go round ours. Django admin's is closed in accounts.admin.
    path("editor/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("editor/", include(wagtail_admin_urls)),
    path("django-admin/", admin.site.urls),
]
if settings.DEMO:  # in production the web server in front hands out uploads
    from django.views.static import serve

    urlpatterns.append(path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}, name="media"))
