import { ownData } from '#newsroom/own-data.server.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const context = contextOf(event);
	const { actor, language } = event.locals;
	const data = await ownData(context.database, context.keys, actor, language, momentOf(context));
	return new Response(`${JSON.stringify(data, null, '\t')}\n`, {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': 'attachment; filename="open-talks-my-data.json"'
		}
	});
};
