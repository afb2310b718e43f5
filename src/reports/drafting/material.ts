import type { Figures } from '#agreement/figures.ts';
import type { ShownText } from '#languages/texts.server.ts';

/** Everything from which a first report is drafted: read once, in the report's language where there is a choice. */
export interface Material {
	readonly topicId: string;
	readonly title: ShownText;
	readonly institution: ShownText;
	readonly convenor: ShownText;
	readonly contactEmail: string;
	readonly stages: readonly {
		readonly stageId: string;
		readonly name: ShownText;
		readonly opensAt: Date;
		readonly closesAt: Date;
		readonly zone: string;
	}[];
	readonly questions: readonly { readonly questionId: string; readonly number: number; readonly text: ShownText }[];
	readonly deliverables: readonly {
		readonly deliverableId: string;
		readonly title: ShownText;
		readonly addressee: ShownText;
		/** YYYY-MM-DD */
		readonly deadline: string | null;
	}[];
	readonly snapshot: { readonly snapshotId: string; readonly takenAt: Date; readonly figures: Figures };
	/** IANA: in which the report tells times */
	readonly zone: string;
	/** the ideas that the report names, by number */
	readonly ideas: ReadonlyMap<number, QuotedIdea>;
	/** names of stakeholder groups and regions by key, in the report's language */
	readonly nameOf: (dimension: 'group' | 'region', key: string) => string;
}

export interface QuotedIdea {
	readonly ideaId: string;
	readonly point: string;
	readonly language: string;
	/** short passages of submissions that can be seen */
	readonly passages: readonly {
		readonly passageId: string;
		readonly stance: 'raises' | 'supports' | 'opposes';
		readonly quote: string;
		readonly language: string;
		readonly submission: number | null;
	}[];
}
