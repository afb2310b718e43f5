import { canonicalJson } from '#agreement/canonical.ts';
import { snapshotOf } from '#agreement/snapshots.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { publishedEdition } from '#reports/publishing.server.ts';
import { reportNumbered } from '#reports/reading.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** The frozen figures of a published report, byte for byte what its fingerprint was taken of. */
export const GET: RequestHandler = async (event) => {
	const { database } = contextOf(event);
	const { topicId } = await topicOfPage(event);
	if (!/^[1-9][0-9]{0,5}$/.test(event.params.report)) throw refusal('not-found');
	const report = await reportNumbered(database, topicId, Number(event.params.report));
	const { content } = await publishedEdition(database, report);
	const snapshot = await snapshotOf(database, topicId, content.snapshot.snapshotId);
	if (!snapshot) throw refusal('not-found');
	return new Response(canonicalJson(snapshot.figures), {
		headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=60' }
	});
};
