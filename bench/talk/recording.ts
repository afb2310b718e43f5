import type { Answer, Database, Statement } from '#database/connection.server.ts';
import { serve } from '../../server.ts';
import type { Ground } from './shipped.ts';

export interface RecordedPage {
	readonly path: string;
	/** what the page asked of the database, warm caches given, in order */
	readonly statements: readonly Statement[];
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** Renders each page by the build, in this process, and notes its statements and its bytes: what a bare handler must do as well. */
export async function recordPages(ground: Ground, port: number, paths: readonly string[]): Promise<RecordedPage[]> {
	let statements: Statement[] = [];
	const recording: Database = {
		...ground.database,
		query: <Row>(text: string | Statement, values?: readonly unknown[]): Promise<Answer<Row>> => {
			const statement = typeof text === 'string' ? { name: '', text, values: values ?? [] } : text;
			statements.push({ ...statement, values: statement.values ?? [] });
			return ground.database.query<Row>(text as string, values);
		}
	};
	const serving = await serve({ ...ground.settings, port, host: '127.0.0.1' }, recording);
	try {
		const pages: RecordedPage[] = [];
		for (const path of paths) {
			await fetchPage(port, `${path}?fresh=0`);
			statements = [];
			const { headers, body } = await fetchPage(port, `${path}?fresh=1`);
			pages.push({ path, statements, headers, body });
			statements = [];
		}
		return pages;
	} finally {
		await serving.stop();
	}
}

export async function fetchPage(port: number, path: string): Promise<{ headers: Record<string, string>; body: string }> {
	const answer = await fetch(`http://localhost:${port}${path}`, { headers: { 'accept-encoding': 'identity' } });
	if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`);
	const headers = Object.fromEntries(
		[...answer.headers].filter(([name]) => !['date', 'connection', 'keep-alive', 'content-length'].includes(name))
	);
	return { headers, body: await answer.text() };
}
