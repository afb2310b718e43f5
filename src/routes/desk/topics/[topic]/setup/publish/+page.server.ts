import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { copyTalk } from '#agreement/copying.server.ts';
import { gapsIn } from '#languages/texts.server.ts';
import { moderationRules } from '#moderation/rules.ts';
import { moderationRuleOf, setModerationRule } from '#moderation/ruling.server.ts';
import { regions } from '#people/regions.ts';
import { archiveTopic } from '#topics/archiving.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { publishTopic } from '#topics/opening.server.ts';
import { standing } from '#topics/stages/stage.ts';
import { setTargets, targetsOf, type Target } from '#topics/participation/targets.server.ts';
import { lacks, type Topic } from '#topics/topic.ts';
import { answering, localized, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { forgetPages, goOn, setupHead } from '#web/desk/setup.server.ts';
import { typedText } from '#web/texts/texts-of-form.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const topic = await topicOfPage(event, { drafts: true });
	const [rule, targets, institution] = await Promise.all([
		moderationRuleOf(context.database, topic.topicId),
		targetsOf(context.database, topic.topicId),
		institutionSeen(context.database)
	]);
	const people = (dimension: Target['dimension'], key: string) =>
		targets.find((target) => target.dimension === dimension && target.key === key)?.people ?? 0;
	return {
		...setupHead(event, topic),
		rule,
		groups: groupOptions(institution, event.locals.say).map((group) => ({ ...group, people: people('group', group.value) })),
		regions: regions.map((region) => ({ value: region, people: people('region', region) })),
		lacks: lacks(topic),
		gaps: gapsOf(topic),
		canBeArchived: topic.publishedAt !== null && topic.archivedAt === null && standing(topic.stages, momentOf(context)) !== 'open'
	};
};

const form = z.object({ rule: z.enum(moderationRules) });

export const actions: Actions = {
	save: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const { database } = contextOf(event);
		const topic = await topicOfPage(event, { drafts: true });
		const { rule } = parse(form, typed, say);
		const targets = targetsFrom(typed);
		if (targets.some(({ people }) => !Number.isInteger(people) || people < 0 || people > 1_000_000))
			throw new WrongInput({ targets: say('desk.target-wrong') });
		await setModerationRule(database, topic.topicId, rule, actor);
		await setTargets(database, topic.topicId, targets, actor);
		goOn(event, topic.slug, 'publish', new FormData());
	}),

	publish: answering(async (event) => {
		const topic = await topicOfPage(event, { drafts: true });
		await publishTopic(contextOf(event).database, topic.topicId, event.locals.actor);
		forgetPages(event, topic.slug);
		redirect(303, localized(event, `/topics/${topic.slug}`));
	}),

	copy: answering(async (event) => {
		const topic = await topicOfPage(event, { drafts: true });
		const { slug } = await copyTalk(contextOf(event).database, topic.topicId, event.locals.actor);
		redirect(303, localized(event, `/desk/topics/${slug}/setup`));
	}),

	archive: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const { database, keys } = contextOf(event);
		const topic = await topicOfPage(event, { drafts: true });
		if (!typed.has('sure')) throw new WrongInput({ sure: say('desk.archive-sure-missing') });
		await archiveTopic(database, keys, topic.topicId, actor, typedText(typed, 'reason').slice(0, 2000));
		forgetPages(event, topic.slug);
		redirect(303, localized(event, `/topics/${topic.slug}`));
	})
};

function targetsFrom(typed: FormData): Target[] {
	return [...typed.entries()].flatMap(([name, value]): Target[] => {
		const [dimension, key] = name.split('.');
		if ((dimension !== 'group' && dimension !== 'region') || !key) return [];
		return [{ dimension, key, people: typeof value === 'string' ? Number(value.trim() || '0') : NaN }];
	});
}

/** How many texts each language still lacks, by the step in which they are written. */
function gapsOf(topic: Topic): { language: string; step: 'words' | 'questions' | 'stages' | 'promises'; count: number }[] {
	const words = ['title', 'summary', 'remit'];
	const counted = new Map<string, number>();
	const add = (step: string, gaps: { language: string }[]) => {
		for (const { language } of gaps) counted.set(`${step} ${language}`, (counted.get(`${step} ${language}`) ?? 0) + 1);
	};
	const { languages } = topic;
	for (const gap of gapsIn(topic.texts, languages)) add(words.includes(gap.field) ? 'words' : 'promises', [gap]);
	for (const { texts } of topic.questions) add('questions', gapsIn(texts, languages));
	for (const { texts } of topic.stages) add('stages', gapsIn(texts, languages));
	for (const { texts } of [...topic.documents, ...topic.deliverables]) add('promises', gapsIn(texts, languages));
	return [...counted].map(([key, count]) => {
		const [step, language] = key.split(' ') as ['words' | 'questions' | 'stages' | 'promises', string];
		return { language, step, count };
	});
}
