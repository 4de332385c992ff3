"""Address of the record of processing."""

from django.urls import path

from cahiers.contributions.processing import views

urlpatterns = [path("", views.record, name="processing_record")]
