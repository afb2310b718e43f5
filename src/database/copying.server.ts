import type pg from 'pg';

/** One row of a binary COPY: a 16-bit number of fields, then each field as its length in 32 bits and its bytes. */
export type TakeRow = (row: Buffer) => void;

/** What a connection tells of the statement that it is at; the part of pg's own interface for statements that a COPY needs. */
interface Heard {
	submit(connection: { query(text: string): void }): void;
	handleCopyData(message: { readonly chunk: Buffer }): void;
	handleCommandComplete(): void;
	handleReadyForQuery(): void;
	handleError(error: Error): void;
}

// "PGCOPY\n\xff\r\n\0", flags, and the length of what else the header holds
const signatureAndFlags = 15;
const endOfRows = -1;

/**
 * Takes the rows of a select as PostgreSQL sends them by binary COPY, each as it arrives: nothing is parsed or kept but by `take`. COPY knows no
 * parameters, so the text must be made of constants. The server sends each row as a message of its own, the header before the first.
 */
export function copyOut(client: pg.ClientBase, select: string, take: TakeRow): Promise<void> {
	return new Promise((resolve, reject) => {
		let hasHeader = true;
		let failure: Error | null = null;
		const heard: Heard = {
			submit: (connection) => connection.query(`copy (${select}) to stdout (format binary)`),
			handleCopyData({ chunk }) {
				let row = chunk;
				if (hasHeader) {
					hasHeader = false;
					row = chunk.subarray(signatureAndFlags + 4 + chunk.readInt32BE(signatureAndFlags));
				}
				if (failure !== null || row.length === 0 || row.readInt16BE(0) === endOfRows) return;
				try {
					take(row);
				} catch (error) {
					// the rows still to come must be heard to their end, or the connection could not be used again
					failure = error instanceof Error ? error : new Error('a row could not be taken', { cause: error });
				}
			},
			handleCommandComplete() {},
			handleReadyForQuery() {
				if (failure === null) resolve();
				else reject(failure);
			},
			handleError: reject
		};
		client.query(heard as pg.Submittable);
	});
}
