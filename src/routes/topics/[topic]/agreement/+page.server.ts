import { agreedOnTopic, agreementSorts, levels } from '#agreement/agreed.server.ts';
import { namedGroups } from '#agreement/named-groups.server.ts';
import { confirmedThemes } from '#ideas/themes/listing.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { assurances } from '#topics/participants/profile.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { questionNumbered } from '#topics/topic.ts';
import { askedIn } from '#web/asked-in.ts';
import { contextOf } from '#web/context.server.ts';
import { agreedShown, basisShown } from '#web/talk/agreement.server.ts';
import { byLanguage, byQuestion, byRegion, byTheme } from '#web/talk/filters.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { database } = context;
	const { actor, language, say } = event.locals;
	const topic = await topicOfPage(event);
	const seen = { actor, at: momentOf(context) };
	const [themes, opinionGroups, institution] = await Promise.all([
		confirmedThemes(database, topic.topicId),
		namedGroups(database, topic, seen),
		institutionSeen(database)
	]);
	const filters = [
		byQuestion(topic, event.locals),
		byTheme(themes, event.locals),
		{ name: 'group', label: say('agreement.heard-from-group'), options: groupOptions(institution, say) } as const,
		byRegion(say('agreement.heard-from-region'), event.locals),
		{
			name: 'assurance',
			label: say('agreement.heard-from-assurance'),
			options: assurances.map((value) => ({ value, label: say(`assurances.${value}`) }))
		} as const,
		{
			name: 'opinionGroup',
			label: say('agreement.heard-from-opinion-group'),
			options: opinionGroups.letters.map((letter) => ({ value: letter, label: say('map.group-named', { letter }) }))
		} as const,
		byLanguage(event.locals)
	];
	const byLevel = {
		name: 'level',
		label: say('agreement.levels'),
		options: levels.map((value) => ({ value, label: say(`agreement.level-${value}`) }))
	} as const;
	const { asked, notHere } = askedIn(event.url.searchParams, [byLevel, ...filters], ['sort', 'after']);
	const wishes = {
		...asked,
		theme: asked.theme === undefined ? null : Number(asked.theme),
		question: questionNumbered(topic, asked.question ?? '')?.questionId ?? null
	};
	const list = await agreedOnTopic(database, topic, wishes, seen);
	const numbers = new Map(topic.questions.map(({ questionId, number }) => [questionId, number]));
	const { after, sort, ...narrowing } = asked;
	return {
		topic: headOf(topic, language),
		open: opennessOf(topic, seen.at),
		ideas:
			list.ideas?.map((idea) => ({
				...agreedShown(idea, list.basis, institution, say, {
					...asked,
					opinionGroups: asked.opinionGroup === undefined ? [] : opinionGroups.letters
				}),
				question: idea.questionId === null ? null : (numbers.get(idea.questionId) ?? null)
			})) ?? null,
		after: list.after,
		isContinued: after !== undefined,
		sort: list.sort,
		sorts: agreementSorts,
		totals: levels.map((level) => ({ level, count: list.totals[level] })),
		weighting: list.weighting,
		basis: basisShown(list.basis, institution, say),
		isBehind: list.isBehind,
		asked: { ...narrowing, ...(sort !== undefined && { sort }) },
		notHere,
		filters,
		isFiltered: Object.keys(narrowing).length > 0,
		whyNoOpinionGroups: opinionGroups.why
	};
};
