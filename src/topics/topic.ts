import type { TextsOfThing } from '#languages/texts.server.ts';
import type { StageOfTopic } from '#topics/stages/stages.server.ts';

/** A topic (an Open Talk) with everything that its organisers laid down. */
export interface Topic {
	readonly topicId: string;
	/** the newest address; older ones lead here */
	readonly slug: string;
	readonly kind: 'talk' | 'call';
	readonly defaultLanguage: string;
	/** the languages in which its organisers promise their texts */
	readonly languages: readonly string[];
	readonly contactEmail: string;
	readonly copiedFrom: string | null;
	readonly createdAt: Date;
	/** null: a draft, which only staff see */
	readonly publishedAt: Date | null;
	readonly archivedAt: Date | null;
	/** title, summary, background, remit, convenor, statement */
	readonly texts: TextsOfThing;
	readonly questions: readonly Question[];
	/** texts: name, explanation, note-<version> */
	readonly stages: readonly (StageOfTopic & { readonly texts: TextsOfThing })[];
	readonly documents: readonly Document[];
	readonly deliverables: readonly Deliverable[];
}

export interface Question {
	readonly questionId: string;
	/** from 1, in the order shown */
	readonly number: number;
	/** text, explanation */
	readonly texts: TextsOfThing;
}

/** The question that a form or an address names by its number. */
export function questionNumbered({ questions }: Pick<Topic, 'questions'>, number: string): Question | undefined {
	return questions.find((question) => String(question.number) === number);
}

export interface Document {
	readonly documentId: string;
	readonly position: number;
	/** hexadecimal; null for an address elsewhere */
	readonly sha256: string | null;
	readonly fileName: string | null;
	readonly size: number | null;
	readonly address: string | null;
	readonly language: string;
	/** title */
	readonly texts: TextsOfThing;
}

export interface Deliverable {
	readonly deliverableId: string;
	readonly kind: string;
	/** YYYY-MM-DD: when the body that receives it needs it, and when it was promised */
	readonly deadline: string | null;
	readonly promised: string | null;
	readonly state: DeliverableState;
	readonly link: string | null;
	/** title, addressee, meeting */
	readonly texts: TextsOfThing;
}

export const deliverableKinds = ['report', 'information-document', 'other'] as const;
export const deliverableStates = ['planned', 'in work', 'delivered', 'cancelled'] as const;
export type DeliverableState = (typeof deliverableStates)[number];

/** What still lacks before the public can make sense of a topic; nothing: it may be published. */
export function lacks(topic: Topic): ('title' | 'summary' | 'questions' | 'stages')[] {
	const has = (texts: TextsOfThing, field: string) =>
		texts[field]?.some(({ language }) => language === topic.defaultLanguage) ?? false;
	return [
		...(has(topic.texts, 'title') ? [] : (['title'] as const)),
		...(has(topic.texts, 'summary') ? [] : (['summary'] as const)),
		...(topic.questions.some(({ texts }) => has(texts, 'text')) ? [] : (['questions'] as const)),
		...(topic.stages.length > 0 ? [] : (['stages'] as const))
	];
}

/** "Política pública & Internet" → "politica-publica-internet"; empty where no Latin letter or digit is left. */
export function addressFrom(title: string): string {
	return title
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[’']/g, '')
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 60)
		.replace(/^-+|-+$/g, '');
}

/** Words that stand at the place of an address themselves. */
const taken = new Set(['new']);

export function isAddress(text: string): boolean {
	return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 80 && !taken.has(text);
}
