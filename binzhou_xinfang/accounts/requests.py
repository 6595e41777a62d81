"""Typed request of the staff views: somebody is signed in and acts through a post."""

from django.http import HttpRequest

from binzhou_xinfang.accounts.models import Post, User


class StaffRequest(HttpRequest):
    """Request after the check that a post is in use, for annotations: `user` and `post` are there."""

    user: User
    post: Post
    posts: list[Post]
