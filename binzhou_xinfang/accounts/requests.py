"""The request as a staff view sees it: somebody is signed in and acts through a post."""

from django.http import HttpRequest

from binzhou_xinfang.accounts.models import Post, User


class StaffRequest(HttpRequest):
    """For annotations: after the check that a post is in use, `user` and `post` are there."""

    user: User
    post: Post
    posts: list[Post]
