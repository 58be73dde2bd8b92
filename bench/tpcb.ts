import type { Sql } from '#database'
import { createSeededRandom } from '#kernel'
import { measure, type Measured } from './report.ts'

const scale = 10
const connections = 16
const accounts = scale * 100_000

/**
 * The yardstick: pgbench's TPC-B at scale 10 on 16 connections of the same client library, (i) as
 * five statements in an interactive transaction, (ii) as the same statements in one function call.
 */
export async function prepareTpcb(owner: Sql): Promise<void> {
  await owner.unsafe(`
    create schema tpcb;
    create table tpcb.branches (bid int primary key, bbalance int, filler char(88));
    create table tpcb.tellers (tid int primary key, bid int, tbalance int, filler char(84));
    create table tpcb.accounts (aid int primary key, bid int, abalance int, filler char(84));
    create table tpcb.history (tid int, bid int, aid int, delta int, mtime timestamp,
      filler char(22));
    insert into tpcb.branches select i, 0 from generate_series(1, ${scale}) i;
    insert into tpcb.tellers select i, (i - 1) / 10 + 1, 0 from generate_series(1, ${scale * 10}) i;
    insert into tpcb.accounts select i, (i - 1) / 100000 + 1, 0, ''
      from generate_series(1, ${accounts}) i;
    create function tpcb.transfer(a int, t int, b int, d int) returns int language plpgsql as $$
    declare result int;
    begin
      update tpcb.accounts set abalance = abalance + d where aid = a;
      select abalance into result from tpcb.accounts where aid = a;
      update tpcb.tellers set tbalance = tbalance + d where tid = t;
      update tpcb.branches set bbalance = bbalance + d where bid = b;
      insert into tpcb.history (tid, bid, aid, delta, mtime) values (t, b, a, d, current_timestamp);
      return result;
    end $$`)
  await owner.unsafe('vacuum analyze tpcb.accounts')
}

const random = createSeededRandom(2)
const pick = (most: number) => random.between(1, most)
const draw = () => ({
  a: pick(accounts),
  t: pick(scale * 10),
  b: pick(scale),
  d: pick(10_001) - 5_001,
})

export async function runInteractive(sql: Sql, seconds: number): Promise<Measured> {
  const work = async () => {
    const { a, t, b, d } = draw()
    await sql.begin(async (tx) => {
      await tx`update tpcb.accounts set abalance = abalance + ${d} where aid = ${a}`
      await tx`select abalance from tpcb.accounts where aid = ${a}`
      await tx`update tpcb.tellers set tbalance = tbalance + ${d} where tid = ${t}`
      await tx`update tpcb.branches set bbalance = bbalance + ${d} where bid = ${b}`
      await tx`insert into tpcb.history (tid, bid, aid, delta, mtime)
        values (${t}, ${b}, ${a}, ${d}, current_timestamp)`
    })
  }
  return measure(work, { inFlight: connections, seconds, warmUpSeconds: 2 })
}

export async function runFunction(sql: Sql, seconds: number): Promise<Measured> {
  const work = async () => {
    const { a, t, b, d } = draw()
    await sql`select tpcb.transfer(${a}, ${t}, ${b}, ${d})`
  }
  return measure(work, { inFlight: connections, seconds, warmUpSeconds: 2 })
}
