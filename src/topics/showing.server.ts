import { inLanguage, wordsOf, type ShownText, type TextsOfThing } from '#languages/texts.server.ts';
import {
	isOpenFor,
	nextChange,
	openables,
	opinionsAre,
	runs,
	standing,
	takes,
	type Openable,
	type TakesOpinions
} from '#topics/stages/stage.ts';
import type { Topic } from '#topics/topic.ts';

/** What of a thing is open now, and when that changes; for pages and the API. */
export interface Openness {
	readonly what: Openable;
	readonly isOpen: boolean;
	readonly opens: Date | null;
	readonly closes: Date | null;
}

/** What can be done now, and until when. An archived topic takes nothing more. */
export function opennessOf({ archivedAt, stages }: Pick<Topic, 'archivedAt' | 'stages'>, at: Date): Record<Openable, Openness> {
	const running = archivedAt === null ? stages : [];
	return Object.fromEntries(
		openables.map((what): [Openable, Openness] => {
			const change = nextChange(running, what, at);
			return [
				what,
				{
					what,
					isOpen: isOpenFor(running, what, at),
					opens: change && 'opens' in change ? change.opens : null,
					closes: change && 'closes' in change ? change.closes : null
				}
			];
		})
	) as Record<Openable, Openness>;
}

export interface ShownStage {
	readonly stageId: string;
	readonly name: ShownText;
	readonly explanation: ShownText;
	readonly opensAt: Date;
	readonly closesAt: Date;
	readonly zone: string;
	readonly takes: readonly Openable[];
	readonly opinions: TakesOpinions;
	readonly time: 'past' | 'now' | 'to-come';
	/** why it was moved, the newest first */
	readonly notes: readonly ShownText[];
	readonly closedAtBefore: Date | null;
}

export interface ShownQuestion {
	readonly questionId: string;
	readonly number: number;
	readonly text: ShownText;
	readonly explanation: ShownText;
}

/** A topic as one reader sees it at one moment. */
export interface ShownTopic {
	readonly slug: string;
	readonly topicId: string;
	readonly title: ShownText;
	readonly summary: ShownText;
	readonly standing: 'coming' | 'open' | 'finished';
	readonly isDraft: boolean;
	readonly isArchived: boolean;
	readonly opensAt: Date | null;
	readonly closesAt: Date | null;
	readonly questions: readonly ShownQuestion[];
	readonly stages: readonly ShownStage[];
	readonly open: Record<Openable, Openness>;
	readonly opinions: TakesOpinions;
	readonly languages: readonly string[];
	readonly contactEmail: string;
}

/** Title and summary only: for lists and for what stands above every page of the topic. */
export function headOf(topic: Pick<Topic, 'slug' | 'topicId' | 'texts' | 'defaultLanguage'>, language: string) {
	const { slug, topicId } = topic;
	const { title, summary } = wordsOf(topic.texts, ['title', 'summary'], [language], topic.defaultLanguage);
	return { slug, topicId, title, summary };
}

/** @param language the reader's, in which each text stands if it is written in it; else in the topic's own, else in any */
export function topicShown(topic: Topic, language: string, at: Date): ShownTopic {
	const words = <Field extends string>(texts: TextsOfThing, ...fields: Field[]) =>
		wordsOf(texts, fields, [language], topic.defaultLanguage);
	const opens = topic.stages.map(({ opensAt }) => opensAt);
	const closes = topic.stages.map(({ closesAt }) => +closesAt);
	return {
		...headOf(topic, language),
		standing: standing(topic.stages, at),
		isDraft: topic.publishedAt === null,
		isArchived: topic.archivedAt !== null,
		opensAt: opens[0] ?? null,
		closesAt: closes.length > 0 ? new Date(Math.max(...closes)) : null,
		questions: topic.questions.map(({ questionId, number, texts }) => ({
			questionId,
			number,
			...words(texts, 'text', 'explanation')
		})),
		stages: topic.stages.map((stage) => ({
			stageId: stage.stageId,
			...words(stage.texts, 'name', 'explanation'),
			opensAt: stage.opensAt,
			closesAt: stage.closesAt,
			zone: stage.zone,
			takes: openables.filter((what) => takes(stage, what)),
			opinions: stage.takesOpinions,
			time: runs(stage, at) ? 'now' : at < stage.opensAt ? 'to-come' : 'past',
			notes: Array.from({ length: stage.version }, (_, index) => words(stage.texts, `note-${stage.version - index}`))
				.flatMap((notes) => Object.values(notes))
				.filter(({ text }) => text !== ''),
			closedAtBefore: stage.closedAtBefore
		})),
		open: opennessOf(topic, at),
		opinions: topic.archivedAt === null ? opinionsAre(topic.stages, at) : 'no',
		languages: topic.languages,
		contactEmail: topic.contactEmail
	};
}

/** What an organiser promised, and where it stands. */
export function deliverablesShown(topic: Topic, language: string) {
	return topic.deliverables.map(({ texts, ...deliverable }) => ({
		...deliverable,
		...wordsOf(texts, ['title', 'addressee', 'meeting'], [language], topic.defaultLanguage)
	}));
}

export function libraryShown(topic: Topic, language: string) {
	return topic.documents.map(({ texts, ...document }) => ({
		...document,
		title: inLanguage(texts['title'], [language], topic.defaultLanguage)
	}));
}
