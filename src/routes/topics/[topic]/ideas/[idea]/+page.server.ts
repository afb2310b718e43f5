import { agreedIdea } from '#agreement/agreed.server.ts';
import { ideaPage } from '#ideas/idea-page.server.ts';
import { samePointOf } from '#ideas/same-points/listing.server.ts';
import { whereWritten } from '#cafes/harvest/drawing.server.ts';
import { sourcesOfIdea, stancesByGroup } from '#ideas/sources.server.ts';
import { themeOfIdea } from '#ideas/themes/listing.server.ts';
import { suggestionsFor } from '#ideas/suggesting.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { agreedShown, basisShown } from '#web/talk/agreement.server.ts';
import { authorLine } from '#web/talk/authors.server.ts';
import { whereAsked } from '#townhalls/questions/drawing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { factsOfIdea } from '#web/talk/facts.server.ts';
import { groupName } from '#web/talk/group-names.server.ts';
import { ideaNumberIn } from '#web/talk/idea-numbers.server.ts';
import { threadOf, type Block } from '#web/talk/thread.server.ts';
import { markdown } from '#web/texts/markdown.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { database } = context;
	const { actor, language, say } = event.locals;
	const number = ideaNumberIn(event.params.idea);
	const topic = await topicOfPage(event);
	const at = momentOf(context);
	const asIdea = ideaPage(database, topic, number, { actor, at });
	const [idea, agreed, thread, sources, where, asked, stances, suggestions, samePoint, theme, institution] = await Promise.all([
		asIdea,
		agreedIdea(database, topic, number, { actor, at }),
		asIdea.then((found) => threadOf(database, { topicId: topic.topicId, idea: found, at }, event.url.searchParams)),
		sourcesOfIdea(database, topic.topicId, number),
		whereWritten(database, topic.topicId, number),
		whereAsked(database, topic.topicId, number),
		stancesByGroup(database, topic.topicId, number),
		suggestionsFor(database, topic.topicId, number),
		samePointOf(database, topic.topicId, number, resultsVisibleTo(actor, topic, at)),
		themeOfIdea(database, topic.topicId, number),
		institutionSeen(database)
	]);
	const question = topic.questions.find(({ questionId }) => questionId === idea.questionId);
	const isSeen = idea.concealed === null;
	const nameOfGroup = (key: string) => (key === 'not-stated' ? say('groups.not-stated') : groupName(institution, key, say));
	const { versions, questionId: _, author, cells, ...shown } = idea;
	const newest = versions[0];
	return {
		topic: headOf(topic, language),
		open: opennessOf(topic, at),
		idea: {
			...shown,
			author: authorLine(author, institution, say),
			versions: versions.map(({ explanation, sources: _sources, ...version }) => ({
				...version,
				words: withExplanation(version.point, explanation)
			})),
			cells: cells?.map((cell) => ({ ...cell, label: nameOfCell(cell) })) ?? null
		},
		newest: newest
			? {
					version: newest.version,
					point: newest.point,
					explanation: newest.explanation === '' ? null : markdown(newest.explanation),
					sources: newest.sources === '' ? null : markdown(newest.sources)
				}
			: null,
		agreed: agreed && {
			...agreedShown(agreed.idea, agreed.basis, institution, say),
			basis: basisShown(agreed.basis, institution, say)
		},
		question: question
			? { number: question.number, text: inLanguage(question.texts['text'], [language], topic.defaultLanguage) }
			: null,
		thread: isSeen ? { ...thread, blocks: thread.blocks.map(blockShown) } : null,
		where,
		asked,
		sources: isSeen ? sources.map(({ groups, ...source }) => ({ ...source, groups: groups.map(nameOfGroup) })) : [],
		stances: isSeen ? stances.map(({ group, ...counts }) => ({ label: nameOfGroup(group), ...counts })) : [],
		suggestions: isSeen ? suggestions : [],
		samePoint: isSeen ? samePoint : null,
		theme: isSeen ? theme : null,
		facts: isSeen && newest ? factsOfIdea(event, headOf(topic, language), { ...shown, author }, newest) : null
	};

	function blockShown({ comments, folded }: Block) {
		return {
			comments: comments.map(({ author: by, ...comment }) => ({ ...comment, author: authorLine(by, institution, say) })),
			folded: folded && { ...folded, groups: folded.groups.map(nameOfGroup) }
		};
	}

	function nameOfCell({ dimension, key }: { dimension: string; key: string }): string {
		if (dimension === 'group') return nameOfGroup(key);
		const message = `${dimension}s.${key}`;
		return say.knows(message) ? say(message) : key;
	}
};

function withExplanation(point: string, explanation: string): string {
	return explanation === '' ? point : `${point}\n\n${explanation}`;
}
