import { createServer } from 'node:http';
import { connect } from '#database/connection.server.ts';
import type { RecordedPage } from './recording.ts';
import { whatWasGiven } from './shipped.ts';

/** A bare Node handler that runs the same statements and sends the same bytes; without pages "hello". Ends with its input's reader. */
const { address, port, pages } = await whatWasGiven<BarePages>();
const database = connect(address, { connections: 20 });
const byPath = new Map(
	pages.map((page) => [page.path, { ...page, body: Buffer.from(page.body), headers: Object.entries(page.headers).flat() }])
);
const hello = Buffer.from('hello');

createServer((request, response) => {
	const page = byPath.get((request.url ?? '').split('?')[0]!);
	if (!page) {
		response.writeHead(200, ['content-type', 'text/plain', 'content-length', String(hello.length)]).end(hello);
		return;
	}
	Promise.all(
		page.statements.map((statement) =>
			statement.name === '' ? database.query(statement.text, statement.values) : database.query(statement)
		)
	).then(
		() => response.writeHead(200, [...page.headers, 'content-length', String(page.body.length)]).end(page.body),
		(error: unknown) => response.writeHead(500).end(String(error))
	);
}).listen(port, '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));

export interface BarePages {
	readonly address: string;
	readonly port: number;
	readonly pages: readonly RecordedPage[];
}
