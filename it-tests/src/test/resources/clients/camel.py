"""Evolution's IMAP client without Evolution: camel.py FOLDER PORT UPSTREAM_PORT USER MAILBOX

Connects to PORT, opens INBOX and MAILBOX, then has a message appended to MAILBOX by somebody else at UPSTREAM_PORT and prints
how many messages the client has there once it has heard of it, or after 20 seconds.
"""

import imaplib
import sys

import gi

gi.require_version("Camel", "1.2")
from gi.repository import Camel, GLib  # noqa: E402

FOLDER, PORT, UPSTREAM_PORT, USER, MAILBOX = sys.argv[1:]


class Session(Camel.Session):
    pass


def append():
    writer = imaplib.IMAP4("127.0.0.1", int(UPSTREAM_PORT))
    writer.login(USER, "pass")
    writer.append(MAILBOX, None, None, b"Subject: news\r\n\r\nbody\r\n")
    writer.logout()


def wait(seconds, condition):
    """Runs the client's main loop until the condition holds."""
    loop = GLib.MainLoop()

    def look():
        if condition():
            loop.quit()
        return True

    GLib.timeout_add(50, look)
    GLib.timeout_add_seconds(seconds, loop.quit)
    loop.run()


def main():
    Camel.init(FOLDER, True)
    Camel.provider_init()
    session = Session(user_data_dir=FOLDER + "/data", user_cache_dir=FOLDER + "/cache", online=True)
    store = session.add_service("account", "imapx", Camel.ProviderType.STORE)
    settings = store.ref_settings()
    for key, value in {
        "host": "127.0.0.1",
        "port": int(PORT),
        "user": USER,
        "security-method": Camel.NetworkSecurityMethod.NONE,
        "use-idle": True,
        "check-all": True,
    }.items():
        settings.set_property(key, value)
    store.set_password("pass")
    store.set_online_sync(True, None)
    store.get_folder_info_sync(None, Camel.StoreGetFolderInfoFlags.RECURSIVE, None)
    inbox = store.get_folder_sync("INBOX", 0, None)
    mailbox = store.get_folder_sync(MAILBOX, 0, None)
    inbox.refresh_info_sync(None)
    mailbox.refresh_info_sync(None)
    inbox.refresh_info_sync(None)
    print("before", mailbox.get_message_count(), flush=True)
    append()
    wait(20, lambda: mailbox.get_message_count() > 0)
    print("after", mailbox.get_message_count(), flush=True)
    store.disconnect_sync(True, None)


main()
