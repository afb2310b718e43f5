import pg from 'pg';
import { copyOut, type TakeRow } from '#database/copying.server.ts';

export interface Answer<Row> {
	rows: Row[];
	rowCount: number;
}

/** A prepared statement, for hot paths: the name stands for exactly this text, everywhere. */
export interface Statement {
	readonly name: string;
	readonly text: string;
	readonly values?: readonly unknown[];
}

/** Counts come as numbers, moments as Date, days as 'YYYY-MM-DD', numeric as text. */
export interface Queryable {
	query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Answer<Row>>;
	query<Row = Record<string, unknown>>(statement: Statement): Promise<Answer<Row>>;
}

export interface Database extends Queryable {
	readonly pool: pg.Pool;
	/** Milliseconds by which tests and demonstrations move the clock. */
	readonly clockShift: number;
	close(): Promise<void>;
}

export interface Transaction extends Queryable {
	/** The database's clock when the transaction began, shifted; the one moment of everything that it writes. */
	readonly at: Date;
	/** Millions of rows, one at a time as they arrive; the select is made of constants (see copying.server.ts). */
	copyOut(select: string, take: TakeRow): Promise<void>;
}

/** A transaction in which everything is read as of its `at`, and that had the place to itself. */
export interface Instant extends Transaction {
	readonly isOneInstant: true;
}

/** The topic of acts and texts that lie outside any topic. */
export const nilTopic = '00000000-0000-0000-0000-000000000000';

export interface ConnectionWishes {
	readonly clockShift?: number;
	/** Connections at the same time. */
	readonly connections?: number;
	/** Called after the pool is closed. */
	readonly afterClose?: () => Promise<void> | void;
}

/** Opens a pool on postgresql://…; connects at the first query. */
export function connect(address: string, { clockShift = 0, connections = 10, afterClose }: ConnectionWishes = {}): Database {
	const pool = new pg.Pool({
		connectionString: address,
		max: connections,
		types,
		options: '-c timezone=UTC -c idle_in_transaction_session_timeout=60s',
		application_name: 'open-talks',
		connectionTimeoutMillis: 15_000,
		idleTimeoutMillis: 10_000,
		allowExitOnIdle: true
	});
	// without these two a server that stops would take the process with it; the next query reports the loss
	pool.on('error', () => {});
	pool.on('connect', (client) => client.on('error', () => {}));
	let closing: Promise<void> | undefined;
	return {
		pool,
		clockShift,
		query: queryOf(pool),
		close: () => (closing ??= pool.end().then(() => afterClose?.()))
	};
}

/**
 * Runs the work in one transaction (read committed): all of it or nothing. Within a transaction it joins that one.
 */
export async function inTransaction<T>(
	database: Database | Transaction,
	work: (transaction: Transaction) => Promise<T>
): Promise<T> {
	if ('at' in database) return work(database);
	return borrowing(database, (client, spoil) => transacted(client, 'read committed', database.clockShift, work, spoil));
}

/**
 * The same (repeatable read), with everything read as it was at its `at`, once nobody else is in this place. The place is taken by the
 * connection before the transaction begins: what a transaction sees is settled by its first statement, so a lock that is waited for
 * within it would let it see the time before.
 */
export async function atOneInstant<T>(database: Database, place: string, work: (instant: Instant) => Promise<T>): Promise<T> {
	return borrowing(database, async (client, spoil) => {
		await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [place]);
		try {
			const atThat = (transaction: Transaction) => work({ ...transaction, isOneInstant: true });
			return await transacted(client, 'repeatable read', database.clockShift, atThat, spoil);
		} finally {
			// a connection that cannot leave the place is closed, which leaves it
			await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [place]).catch(spoil);
		}
	});
}

async function transacted<T>(
	client: pg.PoolClient,
	isolation: 'read committed' | 'repeatable read',
	clockShift: number,
	work: (transaction: Transaction) => Promise<T>,
	spoil: () => void
): Promise<T> {
	try {
		// one simple-protocol message, so that the moment costs no round trip of its own
		const begun: unknown = await client.query(`begin isolation level ${isolation}; select clock_timestamp() as at`);
		const [, moment] = begun as [unknown, pg.QueryResult<{ at: Date }>]; // an answer each, which the types of pg do not know
		const at = new Date(moment.rows[0]!.at.getTime() + clockShift);
		const result = await work({ at, query: queryOf(client), copyOut: (select, take) => copyOut(client, select, take) });
		await client.query('commit');
		return result;
	} catch (error) {
		await client.query('rollback').catch(spoil);
		throw error;
	}
}

/** Lends a connection; one that was spoilt is not lent again. */
async function borrowing<T>({ pool }: Database, use: (client: pg.PoolClient, spoil: () => void) => Promise<T>): Promise<T> {
	const client = await pool.connect();
	let isSpoilt = false;
	try {
		return await use(client, () => {
			isSpoilt = true;
		});
	} finally {
		client.release(isSpoilt);
	}
}

function queryOf(target: pg.Pool | pg.PoolClient): Queryable['query'] {
	return async <Row>(text: string | Statement, values?: readonly unknown[]): Promise<Answer<Row>> => {
		const statement =
			typeof text === 'string' ? { text, ...(values && { values: [...values] }) } : { ...text, values: [...(text.values ?? [])] };
		const { rows, rowCount } = await target.query(statement);
		return { rows: rows as Row[], rowCount: rowCount ?? 0 }; // what the columns are is the statement's word
	};
}

// the server's numbers of its types
const int8: number = 20;
const int8Array: number = 1016;
const date: number = 1082;

const types: pg.CustomTypesConfig = {
	getTypeParser(id: number, format) {
		if (format !== 'binary') {
			if (id === int8) return exactNumber;
			if (id === int8Array) return (text: string) => (int8Texts(text) ?? []).map(exactNumberOrNull);
			if (id === date) return (text: string) => text;
		}
		return pg.types.getTypeParser(id, format) as (text: string) => unknown;
	}
};

const int8Texts = pg.types.getTypeParser(int8Array, 'text') as (text: string) => (string | null)[] | null;

function exactNumber(text: string): number {
	const number = Number(text);
	if (!Number.isSafeInteger(number)) throw new Error(`${text} is too large for a number; select it as text`);
	return number;
}

function exactNumberOrNull(text: string | null): number | null {
	return text === null ? null : exactNumber(text);
}
