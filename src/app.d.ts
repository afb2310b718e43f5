import type { Actor } from '#activity/actor.ts';
import type { Language } from '#languages/languages.ts';
import type { Say } from '#languages/speaking.ts';
import type { Fronted } from '#web/context.server.ts';

declare global {
	namespace App {
		interface Locals {
			actor: Actor;
			language: Language;
			say: Say;
			/** the topic that the address names; undefined where it names none */
			topicId: string | undefined;
		}
		interface Error {
			/** a sentence in the language of the reader */
			message: string;
			/** a refusal's code, or 'unexpected' */
			code?: string;
			/** under which the cause stands in the log */
			id?: string;
		}
		interface Platform {
			req: { openTalks: Fronted };
		}
	}
}
