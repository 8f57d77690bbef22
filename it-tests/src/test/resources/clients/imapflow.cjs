// node imapflow.cjs MODULES PORT WRITER_PORT USER: what imapflow makes of the account, and that IDLE tells it of a new message
const { ImapFlow } = require(process.argv[2] + '/imapflow');
const user = process.argv[5];

const client = (port) => new ImapFlow({
  host: '127.0.0.1', port: Number(port), secure: false, doSTARTTLS: false, logger: false,
  auth: { user, pass: 'pass' },
});

async function mailbox(c, path) {
  const lock = await c.getMailboxLock(path, { readOnly: true });
  try {
    const query = { uid: true, flags: true, envelope: true, bodyStructure: true, source: true, size: true };
    for await (const m of c.fetch('1:*', query)) {
      console.log(path, m.uid, [...m.flags].sort().join(), m.envelope.subject, m.bodyStructure.type, m.size,
        JSON.stringify(m.source.toString()));
    }
    console.log(path, 'flagged', await c.search({ flagged: true }));
  } finally {
    lock.release();
  }
}

async function hears(c) {
  const writer = client(process.argv[4]);
  await writer.connect();
  const lock = await c.getMailboxLock('INBOX');
  try {
    const heard = new Promise((done) => c.once('exists', (e) => done(e.count - e.prevCount)));
    const idle = c.idle();
    await writer.append('INBOX', 'Subject: heard\r\n\r\nbody\r\n');
    console.log('heard of', await heard);
    await c.noop();
    await idle;
    const uid = c.mailbox.uidNext - 1;
    await c.messageFlagsAdd({ uid }, ['\\Deleted'], { uid: true });
    console.log('deleted', await c.messageDelete({ uid }, { uid: true }));
  } finally {
    lock.release();
    await writer.logout();
  }
}

(async () => {
  const c = client(process.argv[3]);
  await c.connect();
  for (const box of await c.list({ statusQuery: { messages: true, unseen: true } })) {
    console.log(box.path, box.delimiter, box.listed, box.status.messages, box.status.unseen);
  }
  for (const path of ['work', 'two words', 'work/below']) {
    await mailbox(c, path);
  }
  await hears(c);
  await c.logout();
  console.log('done');
})().catch((e) => { console.error(e); process.exit(1); });
