import type { Actor } from '#activity/actor.ts';
import type { Database } from '#database/connection.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import type { QuestionKey } from './open-talk.ts';
import type { ExamplePerson } from './people.ts';

export interface Loading {
	readonly database: Database;
	readonly keys: TopicKeys;
}

/** What the loading itself does as: a job may all that staff may. */
export const loader: Actor = { kind: 'job', name: 'examples' };

/** What stands so far, handed from step to step. */
export interface LoadedTalk {
	readonly topicId: string;
	/** milliseconds by which all moments are moved */
	readonly by: number;
	readonly questionIds: Readonly<Record<QuestionKey, string>>;
	/** the number of each idea, by its key */
	readonly numbers: ReadonlyMap<string, number>;
}

/** The browser of a person of the example. */
export function browserOf(personNumber: number): Actor {
	return { kind: 'visitor', visitorId: `example-person-${personNumber}` };
}

/** How what the person writes is shown. */
export function attributionOf({ name, anonymous }: ExamplePerson) {
	if (name) return { attribution: 'named', name } as const;
	return { attribution: anonymous ? 'anonymous' : 'group', name: null } as const;
}
