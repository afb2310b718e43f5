import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { setThresholds } from '#agreement/setting-thresholds.server.ts';
import { fewestHeard, majorities, mostHeard, mosts, shareNamed, shares } from '#agreement/thresholds.ts';
import { thresholdsOf } from '#agreement/thresholds.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const { language, say } = event.locals;
	const topic = await topicOfPage(event, { drafts: true });
	const [{ heard, majority, most, groups }, institution] = await Promise.all([
		thresholdsOf(database, topic.topicId),
		institutionSeen(database)
	]);
	return {
		topic: { ...headOf(topic, language), isDraft: topic.publishedAt === null, isArchived: topic.archivedAt !== null },
		heard,
		majority: shareNamed(majority),
		most: shareNamed(most),
		groups: groups ?? institution.groups,
		everyGroup: groupOptions(institution, say),
		majorities,
		mosts,
		saved: event.url.searchParams.has('saved')
	};
};

const form = z.object({
	heard: z.coerce
		.number('agreement.desk-heard-wrong')
		.int('agreement.desk-heard-wrong')
		.min(fewestHeard, 'agreement.desk-heard-wrong')
		.max(mostHeard, 'agreement.desk-heard-wrong'),
	majority: z.enum(majorities),
	most: z.enum(mosts)
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const { database, cache } = contextOf(event);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		const { heard, majority, most } = parse(form, typed, say);
		const wanted = typed.getAll('groups').map(String);
		if (wanted.length === 0) throw new WrongInput({ groups: say('agreement.desk-groups-missing') });
		const { groups } = await institutionSeen(database);
		const isEvery = groups.every((group) => wanted.includes(group));
		await setThresholds(
			database,
			topicId,
			{ heard, majority: shares[majority], most: shares[most], groups: isEvery ? null : wanted },
			actor
		);
		cache.purge([`/topics/${slug}`]);
		redirect(303, localized(event, `/desk/topics/${slug}/agreement?saved`));
	})
};
