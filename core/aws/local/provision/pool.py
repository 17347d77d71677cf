"""The user pool: groups, the portal's client, and the demo accounts.

It has no domain of its own here: the pages stand at the local cloud's address, and a domain would send the browser to AWS.
"""

from __future__ import annotations

from typing import Any

from core.aws.local import demo
from core.aws.local.provision.clients import admin_client

POOL_NAME = "enablement-portal-users"
CLIENT_NAME = "enablement-portal"
# The highest role has the lowest number: Cognito's own order of precedence.
GROUPS = {"Admin": 1, "Approver": 2, "Contributor": 3, "Viewer": 4}
CALLBACK_PATH = "/accounts/oidc/cognito/login/callback/"
SIGNED_OUT_PATHS = ("/", "/accounts/login/")


def ensure(endpoint: str, portal_origins: list[str]) -> dict[str, str]:
    cognito = admin_client("cognito-idp", endpoint)
    pool_id = _pool(cognito)
    _groups(cognito, pool_id)
    client = _client(cognito, pool_id, portal_origins)
    _accounts(cognito, pool_id)
    return {
        "COGNITO_USER_POOL_ID": pool_id,
        "COGNITO_USER_POOL_CLIENT_ID": client["ClientId"],
        "COGNITO_USER_POOL_CLIENT_SECRET": client["ClientSecret"],
        "COGNITO_ISSUER_URL": f"{endpoint}/{pool_id}",
        "COGNITO_LOGOUT_URL": f"{endpoint}/logout",
    }


def _pool(cognito: Any) -> str:
    for page in cognito.get_paginator("list_user_pools").paginate(MaxResults=60):
        for pool in page["UserPools"]:
            if pool["Name"] == POOL_NAME:
                return str(pool["Id"])
    made = cognito.create_user_pool(
        PoolName=POOL_NAME,
        UsernameAttributes=["email"],
        AutoVerifiedAttributes=["email"],
        AdminCreateUserConfig={"AllowAdminCreateUserOnly": True},
    )
    return str(made["UserPool"]["Id"])


def _groups(cognito: Any, pool_id: str) -> None:
    existing = {group["GroupName"] for group in cognito.list_groups(UserPoolId=pool_id, Limit=60)["Groups"]}
    for name, precedence in GROUPS.items():
        if name not in existing:
            cognito.create_group(UserPoolId=pool_id, GroupName=name, Precedence=precedence)


def client_settings(portal_origins: list[str]) -> dict[str, Any]:
    return {
        "CallbackURLs": [origin + CALLBACK_PATH for origin in portal_origins],
        "LogoutURLs": [origin + path for origin in portal_origins for path in SIGNED_OUT_PATHS],
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email", "profile"],
        "AllowedOAuthFlowsUserPoolClient": True,
        "SupportedIdentityProviders": ["COGNITO"],
        # Whatever else people may one day change of themselves: not by what name the portal knows them.
        "ReadAttributes": ["email", "email_verified", "name", "given_name", "family_name", "preferred_username"],
        "WriteAttributes": ["email", "name", "given_name", "family_name"],
        "ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": True,
    }


def _client(cognito: Any, pool_id: str, portal_origins: list[str]) -> dict[str, Any]:
    wanted = client_settings(portal_origins)
    for entry in cognito.list_user_pool_clients(UserPoolId=pool_id, MaxResults=60)["UserPoolClients"]:
        if entry["ClientName"] == CLIENT_NAME:
            return _client_up_to_date(cognito, pool_id, entry["ClientId"], wanted)
    made = cognito.create_user_pool_client(UserPoolId=pool_id, ClientName=CLIENT_NAME, GenerateSecret=True, **wanted)
    return dict(made["UserPoolClient"])


def _client_up_to_date(cognito: Any, pool_id: str, client_id: str, wanted: dict[str, Any]) -> dict[str, Any]:
    found = cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)["UserPoolClient"]
    if any(found.get(name) != value for name, value in wanted.items()):
        # An update forgets what it is not told, so it is told everything.
        cognito.update_user_pool_client(UserPoolId=pool_id, ClientId=client_id, ClientName=CLIENT_NAME, **wanted)
    return dict(found)


def _accounts(cognito: Any, pool_id: str) -> None:
    """An account that is complete is left as it is, whatever role or password it has been given since."""
    complete: set[str] = set()
    begun: set[str] = set()
    for page in cognito.get_paginator("list_users").paginate(UserPoolId=pool_id):
        for user in page["Users"]:
            email = next((entry["Value"] for entry in user["Attributes"] if entry["Name"] == "email"), "")
            (begun if user["UserStatus"] == "FORCE_CHANGE_PASSWORD" else complete).add(email)
    for account in demo.ACCOUNTS:
        if account.email not in complete:
            _complete(cognito, pool_id, account, begun=account.email in begun)


def _complete(cognito: Any, pool_id: str, account: demo.DemoAccount, *, begun: bool) -> None:
    """The password comes last: it is what makes the account count as complete."""
    who = {"UserPoolId": pool_id, "Username": account.email}
    if not begun:
        attributes = {"email": account.email, "email_verified": "true", "name": account.name}
        cognito.admin_create_user(
            **who,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
        )
    cognito.admin_add_user_to_group(**who, GroupName=account.group)
    cognito.admin_set_user_password(**who, Password=demo.PASSWORD, Permanent=True)
