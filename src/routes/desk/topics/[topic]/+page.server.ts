import { isSecretariat } from '#activity/staff.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { dueShown, growthOf, overTime, workOf } from '#web/desk/overview.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { database } = context;
	const { actor, language, say } = event.locals;
	const topic = await topicOfPage(event, { drafts: true });
	const at = momentOf(context);
	const by = overTime.find((one) => one === event.url.searchParams.get('by')) ?? 'group';
	const [work, growth, { zone }] = await Promise.all([
		workOf(database, topic, actor),
		growthOf(database, topic, { by, at, actor, say }),
		institutionSeen(database)
	]);
	return {
		topic: headOf(topic, language),
		mayPlan: isSecretariat(actor),
		work,
		due: dueShown(topic, { at, today: dayIn(zone, at), language }),
		by,
		tabs: overTime,
		growth
	};
};

/** YYYY-MM-DD */
function dayIn(zone: string, at: Date): string {
	return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
}
