from __future__ import annotations

from django.urls import path

from notifications.delivery import views
from notifications.delivery.channels import views as channels

urlpatterns = [
    path("preferences/mail-again/", views.mail_again, name="mail-again"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("channels/", channels.channels, name="channels"),
    path("channels/new/", channels.new, name="channel-new"),
    path("channels/<slug:channel_id>/", channels.change, name="channel"),
    path("channels/<slug:channel_id>/test/", channels.test, name="channel-test"),
    path("channels/<slug:channel_id>/delete/", channels.delete, name="channel-delete"),
]
