from __future__ import annotations

from notifications.delivery.urls import urlpatterns as delivery

app_name = "notifications"
urlpatterns = [*delivery]
