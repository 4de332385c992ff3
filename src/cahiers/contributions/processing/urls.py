"""Address of the record of processing."""

from django.urls import path

from cahiers.contributions.processing import views

urlpatterns = [path("<slug:consultation>/registre/", views.record, name="processing_record")]
