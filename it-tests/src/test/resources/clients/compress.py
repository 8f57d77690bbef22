"""compress.py PORT USER COMPRESSED|PLAIN [CA]   Python's imaplib with COMPRESS=DEFLATE (RFC 4978) put below it.

Stores and fetches a large message, and hears of a mail to another mailbox by NOTIFY, which a second connection stores.
"""
import base64, imaplib, random, ssl, sys, zlib

port, user, how = int(sys.argv[1]), sys.argv[2], sys.argv[3]
for name in ("COMPRESS", "NOTIFY"):
    imaplib.Commands[name] = ("AUTH", "SELECTED")


def connect():
    if len(sys.argv) > 4:
        context = ssl.create_default_context(cafile=sys.argv[4])
        return imaplib.IMAP4_SSL("localhost", port, ssl_context=context, timeout=60)
    return imaplib.IMAP4("127.0.0.1", port, timeout=60)


def compress(client):
    assert "COMPRESS=DEFLATE" in client.capabilities, client.capabilities
    status, answer = client._simple_command("COMPRESS", "DEFLATE")
    assert status == "OK", answer
    deflate, inflate = zlib.compressobj(wbits=-15), zlib.decompressobj(wbits=-15)
    buffered = bytearray()
    plain, wire = client.send, client.file

    def send(octets):
        plain(deflate.compress(octets) + deflate.flush(zlib.Z_SYNC_FLUSH))

    def more():
        got = wire.read1(65536)
        assert got, "closed"
        buffered.extend(inflate.decompress(got))

    def read(size):
        while len(buffered) < size:
            more()
        return take(size)

    def readline():
        while b"\n" not in buffered:
            more()
        return take(buffered.index(b"\n") + 1)

    def take(size):
        taken = bytes(buffered[:size])
        del buffered[:size]
        return taken

    client.send, client.read, client.readline = send, read, readline


client, other = connect(), connect()
for one in (client, other):
    one.login(user, "pass")
    one._get_capabilities()
if how == "COMPRESSED":
    compress(client)
print("compressed" if how == "COMPRESSED" else "plain")
client.create("elsewhere")
noise = base64.encodebytes(random.Random(1).randbytes(3_000_000)).replace(b"\n", b"\r\n")
message = b"Subject: large\r\n\r\n" + noise + b"text " * 200_000 + b"\r\n"
print("append", client.append("INBOX", None, None, message)[0])
client.select("INBOX")
status, fetched = client.uid("FETCH", "1:*", "(BODY.PEEK[])")
print("fetch", status, "same" if fetched[0][1] == message else "differs")
status, answer = client._simple_command(
    "NOTIFY", "SET (selected (MessageNew MessageExpunge)) (mailboxes elsewhere (MessageNew MessageExpunge))")
print("notify", status)
print("other", other.append("elsewhere", None, None, b"Subject: small\r\n\r\nhello\r\n")[0])
while True:
    line = client.readline()
    if line.startswith(b"* STATUS elsewhere (MESSAGES 1 "):
        print("told")
        break
if how == "COMPRESSED":
    print("again", client._simple_command("COMPRESS", "DEFLATE")[1][-1][:19])
print("bye", client.logout()[0])
other.logout()
