from __future__ import annotations

from django.urls import path

from notifications import views
from notifications.delivery.urls import urlpatterns as delivery

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("bell/", views.bell, name="bell"),
    path("read/", views.mark_all, name="read-all"),
    path("subscriptions/", views.subscriptions, name="subscriptions"),
    path("subscriptions/follow/", views.follow_option, name="follow-option"),
    path("preferences/", views.preferences, name="preferences"),
    path("subscriptions/<str:target>/", views.follow, name="follow"),
    path("<slug:notification_id>/open/", views.opened, name="open"),
    path("<slug:notification_id>/read/", views.mark, name="read"),
    *delivery,
]
