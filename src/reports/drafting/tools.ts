import { pointerTo } from '#agreement/canonical.ts';
import type { MessageKey, Say } from '#languages/speaking.ts';
import { criteria, type Numbered } from '#reports/drafting/choosing.ts';
import { composed, type Sentence } from '#reports/drafting/composing.ts';
import type { Material } from '#reports/drafting/material.ts';
import type { DraftedParagraph, Origin } from '#reports/paragraph.ts';

/** What all parts of a draft are made with: headings, sentences, tables and quotations, each with what it rests on. */
export type DraftingTools = ReturnType<typeof draftingTools>;

export function draftingTools(material: Material, say: Say) {
	const { snapshot, topicId } = material;
	const topic: Origin = { kind: 'topic', thingId: topicId, pointer: null, quote: null };
	const allFigures: Origin = { kind: 'snapshot', thingId: snapshot.snapshotId, pointer: null, quote: null };
	const figure = (...steps: (string | number)[]): Origin => ({
		kind: 'figure',
		thingId: snapshot.snapshotId,
		pointer: pointerTo(...steps),
		quote: null
	});
	const text = (section: string, ...sentences: Sentence[]) => composed(say, section, 'text', sentences);
	const heading = (section: string, key: MessageKey) => composed(say, section, 'heading', [{ key, origins: {} }]);
	const table = (section: string, key: MessageKey, values: Record<string, string | number>, ...pointer: (string | number)[]) =>
		composed(say, section, 'figures', [{ key, values, origins: { whole: figure(...pointer) } }]);

	/** "Idea 12, “…”": the number and the words rest on the idea, which the reader opens there. */
	const named = ({ number }: Numbered) => {
		const idea = material.ideas.get(number)!;
		const origin: Origin = { kind: 'idea', thingId: idea.ideaId, pointer: null, quote: idea.point };
		return { values: { number, point: idea.point }, origins: { idea: origin } };
	};
	const counts = (idea: Numbered) => ({
		values: { agree: idea.agree, people: idea.people, share: say.percent(idea.agreeShare!) },
		origins: {
			agree: figure('ideas', idea.number, 'agree'),
			people: figure('ideas', idea.number, 'people'),
			share: figure('ideas', idea.number, 'agreeShare')
		}
	});
	const about = (key: MessageKey, idea: Numbered): Sentence => {
		const [name, count] = [named(idea), counts(idea)];
		return { key, values: { ...name.values, ...count.values }, origins: { ...name.origins, ...count.origins } };
	};
	const quoted = new Set<string>();
	/** What submissions say to it, in their own words: the first of each wanted stance that stands nowhere above. */
	const quotations = (section: string, idea: Numbered, stances: readonly string[]): DraftedParagraph[] =>
		stances.flatMap((stance) => {
			const passage = material.ideas
				.get(idea.number)!
				.passages.find((found) => found.stance === stance && found.submission !== null && !quoted.has(found.passageId));
			if (!passage) return [];
			const { passageId, quote, language } = passage;
			quoted.add(passageId);
			const source = { kind: 'passage', thingId: passageId, pointer: null, quote, starts: 0, ends: [...quote].length } as const;
			return [{ section, kind: 'quotation' as const, text: quote, language, sources: [source] }];
		});
	const criterion = (section: string, key: MessageKey, found: readonly unknown[], values: Record<string, number | string>) =>
		text(section, { key, values: { ...values, count: found.length, people: criteria.people }, origins: { whole: allFigures } });
	return { material, say, topic, allFigures, figure, text, heading, table, named, about, quotations, criterion };
}
