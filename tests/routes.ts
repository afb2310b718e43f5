import { projectFolder } from '#database/project.server.ts';
import type { Product } from './product.ts';

/** The routes of the product as they were built, so that nothing can be left out of a test over all of them. */
export async function builtRoutes(): Promise<string[]> {
	const { manifest } = (await import(`${projectFolder}/build/server/manifest.js`)) as { manifest: { routes: { id: string }[] } };
	return manifest.routes.map(({ id }) => id).sort();
}

/** An address of each route in the example world: its parameters stand for things that are there. */
export async function addressesInTheExampleWorld({ database }: Product, topic: string): Promise<(route: string) => string> {
	const { rows } = await database.query<Record<string, string | null>>(
		`with here as (select topic_id from addresses where slug = $1)
		select
			(select min(i.idea_number)::text from ideas i join here using (topic_id)
				where not exists (select from concealments c where c.topic_id = i.topic_id and c.thing_id = i.idea_id)) as idea,
			(select min(comment_number)::text from comments join here using (topic_id)) as comment,
			(select min(submission_number)::text from submissions join here using (topic_id)) as submission,
			(select min(submission_number)::text from submissions join here using (topic_id)) as text,
			(select stage_id::text from stages join here using (topic_id) order by position limit 1) as stage,
			(select document_id::text from documents join here using (topic_id) order by position limit 1) as document,
			(select report_number::text from reports join here using (topic_id) order by report_number limit 1) as report,
			'1' as notice,
			(select receipt_id::text from receipts join here using (topic_id) limit 1) as receipt,
			(select organisation_id::text from organisations order by created_at limit 1) as organisation`,
		[topic]
	);
	const values: Record<string, string | null> = {
		...rows[0],
		topic,
		code: 'not-found',
		version: 'none',
		colour: '1a5fb4',
		file: 'ideas.csv'
	};
	return (route) =>
		route.replace(/\[(?:\.\.\.)?([^\]]+)\]/g, (_, name: string) => values[name] ?? '00000000-0000-7000-8000-00000000000f');
}
