"""Addresses for signing in, and of what a person keeps for himself."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from binzhou_xinfang.accounts import views
from binzhou_xinfang.own_account import activation_page, pages, sign_in_pages

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("first-password/", views.first_password, name="first-password"),
    path("code/", sign_in_pages.code, name="code"),
    path("second-factor/", sign_in_pages.second_factor, name="second-factor"),
    path("activate/", activation_page.activate, name="activate"),
    path("tokens/<int:pk>/", pages.collect_token, name="collect-token"),
    path("own/", pages.own, name="own"),
    path("password/", pages.PasswordView.as_view(), name="password"),
    path("recovery-codes/", pages.recovery_codes, name="recovery-codes"),
    path("second-factor/end/", pages.end_factor, name="second-factor-end"),
    path("use-post/", views.use_post, name="use-post"),
]
