from __future__ import annotations

from django.urls import path

from webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("", views.webhooks, name="webhooks"),
    path("new/", views.new, name="new"),
    path("<slug:webhook_id>/", views.webhook, name="webhook"),
    path("<slug:webhook_id>/change/", views.change, name="change"),
    path("<slug:webhook_id>/pause/", views.pause, name="pause"),
    path("<slug:webhook_id>/resume/", views.resume, name="resume"),
    path("<slug:webhook_id>/rotate/", views.rotate, name="rotate"),
    path("<slug:webhook_id>/delete/", views.delete, name="delete"),
    path("<slug:webhook_id>/test/", views.test, name="test"),
    path("<slug:webhook_id>/replay/", views.replay_failed, name="replay-failed"),
    path("<slug:webhook_id>/deliveries/<slug:delivery_id>/", views.delivery, name="delivery"),
    path("<slug:webhook_id>/deliveries/<slug:delivery_id>/replay/", views.replay, name="replay"),
]
