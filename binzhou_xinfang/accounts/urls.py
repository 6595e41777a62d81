"""Addresses for signing in, the password and the post in use."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from binzhou_xinfang.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("first-password/", views.first_password, name="first-password"),
    path("password/", views.PasswordView.as_view(), name="password"),
    path("use-post/", views.use_post, name="use-post"),
]
