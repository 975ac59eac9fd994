"""People, their posts at units, the roles of posts, and how they sign in.

Tables: people, roles, posts, holdings (who holds which post, from when until when),
sign_in_links (invitations and password resets). A person's grants are the permissions of the roles
of the posts held, each reaching from the post's unit down the tree.
"""
