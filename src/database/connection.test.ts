import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { atOneInstant, inTransaction, type Transaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';

const hour = 3_600_000;
const database = await testDatabase({ empty: true, clockShift: hour });
await database.query('create table things (id int primary key, at timestamptz)');

test('what a transaction wrote stays, and the result of the work comes back', async () => {
	const result = await inTransaction(database, async (transaction) => {
		await transaction.query('insert into things values ($1, $2)', [1, transaction.at]);
		return 'done';
	});
	assert.equal(result, 'done');
	const kept = await database.query<{ id: number }>('select id from things where id = 1');
	assert.deepEqual(kept, { rows: [{ id: 1 }], rowCount: 1 });
});

test('when the work fails, nothing of it stays and its error comes out', async () => {
	const failing = inTransaction(database, async (transaction) => {
		await transaction.query('insert into things values (2, null)');
		throw new Error('no');
	});
	await assert.rejects(failing, { message: 'no' });
	assert.deepEqual((await database.query('select from things where id = 2')).rowCount, 0);
});

test('the moment of a transaction is the clock of the database, shifted', async () => {
	const { at, clock } = await inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<{ clock: Date }>('select clock_timestamp() as clock');
		return { at: transaction.at, clock: rows[0]!.clock };
	});
	const behind = clock.getTime() + hour - at.getTime();
	assert.ok(behind >= 0 && behind < 1000, `${behind} ms`);
});

test('a transaction within a transaction is the same one', async () => {
	const failing = inTransaction(database, async (outer) => {
		await inTransaction(outer, (inner) => inner.query('insert into things values (3, $1)', [inner.at]));
		throw new Error('no');
	});
	await assert.rejects(failing, { message: 'no' });
	assert.equal((await database.query('select from things where id = 3')).rowCount, 0);
});

test('counts come as numbers, days as text, numbers beyond what is exact are refused', async () => {
	const { rows } = await database.query(
		`select count(*), date '2013-06-18' as day, array[1, 2]::bigint[] as list from things where id = 99`
	);
	assert.deepEqual(rows, [{ count: 0, day: '2013-06-18', list: [1, 2] }]);
	await assert.rejects(database.query('select 9007199254740993 as large'), /too large for a number/);
});

test('a prepared statement runs again with other values', async () => {
	const asked = (id: number) => database.query({ name: 'one-thing', text: 'select $1::int as id', values: [id] });
	assert.deepEqual((await asked(7)).rows, [{ id: 7 }]);
	assert.deepEqual((await asked(8)).rows, [{ id: 8 }]);
});

test('a connection that the server ends does not end the process, and the pool goes on', async () => {
	const other = await testDatabase({ empty: true });
	await other.query('select 1');
	const lost = once(other.pool, 'error');
	await database.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = (select $1)`, [
		(await other.query<{ name: string }>('select current_database() as name')).rows[0]!.name
	]);
	await lost;
	assert.deepEqual((await other.query('select 1 as one')).rows, [{ one: 1 }]);
});

test('two who want one place come one after the other, and the second sees what the first wrote, but nothing later than its moment', async () => {
	await database.query(`insert into things values (10, '2020-01-01')`);
	const count = async (transaction: Transaction) =>
		(await transaction.query<{ count: number }>('select count(*)::int as count from things where id >= 10')).rows[0]!.count;
	const { promise: began, resolve: begin } = Promise.withResolvers<void>();
	const { promise: ended, resolve: end } = Promise.withResolvers<void>();
	const first = atOneInstant(database, 'here', async (instant) => {
		begin();
		await ended;
		await instant.query('insert into things values (11, $1)', [instant.at]);
		return instant.at;
	});
	await began;
	const second = atOneInstant(database, 'here', async (instant) => {
		const before = await count(instant);
		await database.query(`insert into things values (12, '2020-01-01')`);
		return { at: instant.at, counts: [before, await count(instant)] };
	});
	assert.equal(await atOneInstant(database, 'elsewhere', count), 1);
	end();
	const { at, counts } = await second;
	assert.deepEqual(counts, [2, 2]);
	assert.ok(at >= (await first));
	await assert.rejects(
		atOneInstant(database, 'here', () => Promise.reject(new Error('no'))),
		{ message: 'no' }
	);
	assert.equal(await atOneInstant(database, 'here', count), 3);
});

test('rows come by binary COPY one at a time, and the connection goes on after a row or a statement that fails', async () => {
	await inTransaction(database, async (transaction) => {
		const lengths: number[] = [];
		await transaction.copyOut('select n, repeat(chr(64 + n), n) from generate_series(1, 3) as n', (row) => {
			assert.equal(row.readInt32BE(6), lengths.length + 1);
			lengths.push(row.readInt32BE(10));
		});
		assert.deepEqual(lengths, [1, 2, 3]);
		const failing = transaction.copyOut('select n from generate_series(1, 3) as n', () => {
			throw new Error('not this row');
		});
		await assert.rejects(failing, { message: 'not this row' });
		assert.deepEqual((await transaction.query('select 1 as one')).rows, [{ one: 1 }]);
		await assert.rejects(
			transaction.copyOut('select 1 / 0', () => {}),
			/division by zero/
		);
	});
	assert.deepEqual((await database.query('select 1 as one')).rows, [{ one: 1 }]);
});
