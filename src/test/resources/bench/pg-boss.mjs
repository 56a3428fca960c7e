// Fetches and completes jobs by 100. Arguments: connection string, number of jobs. Prints the milliseconds that took.
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const PgBoss = require('pg-boss');
const [connectionString, size] = [process.argv[2], Number(process.argv[3])];

const boss = new PgBoss({ connectionString, supervise: false, schedule: false });
boss.on('error', (error) => { throw error; });
await boss.start();
// One queue a call: a partition of its own, so that what earlier calls left costs nothing.
const queue = `bench-${process.pid}`;
await boss.createQueue(queue);
for (let sent = 0; sent < size; sent += 1000) {
  await boss.insert(Array.from({ length: Math.min(1000, size - sent) }, () => ({ name: queue, data: {} })));
}

const start = process.hrtime.bigint();
let done = 0;
for (;;) {
  const jobs = await boss.fetch(queue, { batchSize: 100 });
  if (jobs.length === 0) break;
  const { affected } = await boss.complete(queue, jobs.map((job) => job.id));
  done += affected;
}
const millis = Number(process.hrtime.bigint() - start) / 1e6;
if (done !== size) throw new Error(`completed ${done} of ${size}`);

await boss.stop({ graceful: false, wait: true });
console.log(millis);
