// The queries of the benchmark on DuckDB, in a database file made of the same CSV.
//
//   npm install @duckdb/node-api                     in some folder
//   NODE_PATH=… node duckdb.mjs FOLDER [THREADS [RUNS]]     run there; FOLDER holds events.csv and users.csv (`kql-load` writes them)
//
// Prints for each query the median of the runs in ms after one to warm up, rows, and the first of them.
import { createRequire } from 'node:module';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const { DuckDBInstance } = createRequire(join(process.cwd(), 'package.json'))('@duckdb/node-api');
const [folder, threads = '1', runs = '5'] = process.argv.slice(2);
if (!folder) throw new Error('usage: node duckdb.mjs FOLDER [THREADS [RUNS]]');

const database = join(folder, 'duckdb.db');
const isLoaded = existsSync(database);
const instance = await DuckDBInstance.create(database, { threads });
const connection = await instance.connect();
if (!isLoaded) {
  const start = performance.now();
  await connection.run(`create table events as select * from read_csv('${join(folder, 'events.csv')}', types = {'event_id': 'VARCHAR'})`);
  await connection.run(`create table users as select * from read_csv('${join(folder, 'users.csv')}')`);
  await connection.run('checkpoint');
  console.log(`loaded in ${((performance.now() - start) / 1000).toFixed(1)} s, ${(statSync(database).size / 1e6).toFixed(0)} MB`);
}

const visits = `select *, case when lag(collector_tstamp) over w is null or collector_tstamp - lag(collector_tstamp) over w > interval 30 minute then 1 else 0 end as is_new
  from events window w as (partition by user_id order by collector_tstamp)`;
const steps = `with s1 as (select user_id, min(collector_tstamp) t1 from events where event_name = 'page_view' and starts_with(page_urlpath, '/products/') group by 1),
  s2 as (select e.user_id, min(e.collector_tstamp) t2 from events e join s1 using (user_id) where e.event_name = 'add_to_cart' and e.collector_tstamp > t1 group by 1),
  s3 as (select e.user_id, min(e.collector_tstamp) t3 from events e join s2 using (user_id) where e.event_name = 'transaction' and e.collector_tstamp > t2 group by 1)`;
const queries = {
  q01: `select date_trunc('hour', collector_tstamp) h, count(*) from events group by 1 order by 1`,
  q02: `select page_urlpath, count(*) n from events where event_name = 'page_view' group by 1 order by n desc limit 10`,
  q03: `select date_trunc('day', collector_tstamp) d, count(distinct user_id) from events group by 1 order by 1`,
  q03b: `select date_trunc('day', collector_tstamp) d, approx_count_distinct(user_id) from events group by 1 order by 1`,
  q04: `select sum(is_new), count(distinct user_id) from (${visits})`,
  q05: `${steps} select (select count(*) from s1), (select count(*) from s2), (select count(*) from s3)`,
  q06: `with f as (select user_id, min(date_trunc('day', collector_tstamp)) d0 from events group by 1), a as (select distinct user_id, date_trunc('day', collector_tstamp) d from events)
    select d0, date_diff('day', d0, d) k, count(*) from a join f using (user_id) where date_diff('day', d0, d) between 0 and 7 group by 1, 2 order by 1, 2`,
  q07: `with s as (select epoch(max(collector_tstamp) - min(collector_tstamp)) len from events group by user_id, domain_sessionidx)
    select quantile_disc(len, [0.5, 0.9, 0.99]), count(*) from s`,
  q07b: `with s as (select epoch(max(collector_tstamp) - min(collector_tstamp)) len from events group by user_id, domain_sessionidx)
    select approx_quantile(len, [0.5, 0.9, 0.99]), count(*) from s`,
  q08: `select event_name, count(*) n from events where contains(page_urlpath, 'item-12') group by 1 order by n desc`,
  q09: `select plan, count(*), sum(tr_total), count(distinct user_id) from events join users using (user_id) group by 1 order by 1`,
  q10: `select date_trunc('hour', collector_tstamp) h, geo_country, count(*) from events group by 1, 2`,
  q11: `select refr_medium, count(*) n, approx_count_distinct(user_id), sum(tr_total) from events where collector_tstamp >= '2025-01-15' and collector_tstamp < '2025-01-16' and geo_country = 'AA'
    group by 1 order by n desc`,
  q12: `select collector_tstamp, event_name, page_urlpath from events where user_id = 'user-012345' order by 1`,
};
for (const [name, sql] of Object.entries(queries)) {
  const [times, used] = [[], []];
  let rows;
  for (let run = 0; run <= Number(runs); run++) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    rows = await (await connection.runAndReadAll(sql)).getRows();
    const cpu = process.cpuUsage(before);
    if (run === 0) continue;
    times.push(performance.now() - start);
    used.push((cpu.user + cpu.system) / 1000);
  }
  for (const list of [times, used]) list.sort((a, b) => a - b);
  console.log(`${name.padEnd(5)} ${times[times.length >> 1].toFixed(0).padStart(6)} ms (${used[used.length >> 1].toFixed(0).padStart(5)} of processor time)   ${rows.length}: ${rows[0].join(' | ')}`);
}
console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
