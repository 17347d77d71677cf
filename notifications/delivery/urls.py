from __future__ import annotations

from django.urls import path

from notifications.delivery import views

urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("preferences/mail-again/", views.mail_again, name="mail-again"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
