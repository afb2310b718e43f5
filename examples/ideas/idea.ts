import type { GroupKey } from '../institution.ts';
import type { QuestionKey } from '../open-talk.ts';

/** How an idea is received, from which opinions.ts lets the fifty people judge it. */
export type Reception =
	/** nearly everyone agrees, whatever their group */
	| 'consensus'
	/** most agree, some do not, in each group alike */
	| 'welcome'
	/** half and half, across all groups: the divide is not along stakeholder lines */
	| 'divided'
	/** most disagree, in each group */
	| 'rejected'
	/** welcome to all but these groups, which mostly disagree */
	| { blockedBy: readonly GroupKey[] }
	/** most of these groups agree, the others do not */
	| { wantedBy: readonly GroupKey[] }
	/** welcome where it was judged; these groups gave no opinion */
	| { unheardFrom: readonly GroupKey[] };

export interface ExampleIdea {
	/** by which comments and stances of the example name it */
	key: string;
	question: QuestionKey;
	/** the number of its author in people.ts */
	author: number;
	point: string;
	explanation?: string;
	reception: Reception;
}
