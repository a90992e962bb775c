// A work queue on NATS JetStream: articles are published, workers extract, one process ingests.
//   node nats.mjs publish FILE...   each article becomes a message (once: its id is its hash)
//   node nats.mjs work              extracts, for as many workers as you start
//   node nats.mjs keep STORE        ingests what was extracted, a batch a commit
// What is not acknowledged is delivered again: a worker that dies costs nothing, and a record
// that comes twice is known already. Needs `npm install nats` and a nats-server with -js.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AckPolicy, connect, nanos, RetentionPolicy } from 'nats';

const [role, ...rest] = process.argv.slice(2);
const gainsay = process.env.GAINSAY ?? 'gainsay';
const idle = Number(process.env.IDLE_MS ?? 0); // end when nothing comes for so long; 0: never
const nats = await connect({ servers: process.env.NATS ?? 'localhost:4222' });
const streams = nats.jetstream();
const manager = await nats.jetstreamManager();

for (const name of ['articles', 'statements'])
  await manager.streams.add({ name, subjects: [name], retention: RetentionPolicy.Workqueue });

function run(words, input) {
  const done = spawnSync(gainsay, words, { input, maxBuffer: 1 << 30 });
  if (done.status !== 0 && done.status !== 3) // 3: a part was set aside, and told
    throw new Error(`gainsay ${words[0]}: status ${done.status}: ${done.stderr}`);
  process.stderr.write(done.stderr);
  return done.stdout;
}

// Hands batches to `take` and acknowledges them when it is done.
async function consume(name, most, take) {
  await manager.consumers.add(name, { durable_name: 'all', ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(60_000) });
  const consumer = await streams.consumers.get(name, 'all');
  for (let last = Date.now(); idle === 0 || Date.now() - last < idle;) {
    const batch = [];
    for await (const message of await consumer.fetch({ max_messages: most, expires: 1000 }))
      batch.push(message);
    if (batch.length === 0) continue;
    await take(batch);
    for (const message of batch) message.ack();
    await nats.flush();
    last = Date.now();
  }
}

if (role === 'publish') {
  for (const file of rest) {
    const bytes = readFileSync(file);
    await streams.publish('articles', bytes,
      { msgID: createHash('sha256').update(bytes).digest('hex') });
  }
} else if (role === 'work') {
  await consume('articles', 16, async batch => {
    for (const message of batch)
      try {
        await streams.publish('statements', run(['extract', '--texts', '-'], message.data));
      } catch (error) { // what fails five times is told, and let go
        if (message.info.redeliveryCount < 5) throw error;
        console.error(`${message.info.streamSequence}: ${error.message}`);
      }
  });
} else if (role === 'keep') {
  await consume('statements', 1000, async batch => {
    run(['-d', rest[0], 'ingest', '--job', 'nats', '--wait', '10m', '-'],
      Buffer.concat(batch.map(message => Buffer.from(message.data))));
  });
} else {
  console.error('usage: node nats.mjs publish FILE... | work | keep STORE');
  process.exitCode = 2;
}
await nats.drain();
