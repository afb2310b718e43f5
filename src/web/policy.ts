import type { Actor } from '#activity/actor.ts';
import { mayLookAfterOrganisations, mayReadMail, maySeeMail, maySeeStaff } from '#people/may.ts';
import { isAdministrator, isModerator, isRapporteur, isSecretariat, isStaff } from '#activity/staff.ts';

/** Who may open a page and use its forms; the verbs behind them ask again. `topicId` is that of the address, where it names a topic. */
export type May = (actor: Actor, topicId?: string) => boolean;

export const anyone: May = () => true;
export const signedIn: May = (actor) => actor.kind === 'account';

/** Every route of the product. A route that is missing here is answered to nobody. */
export const policy: Readonly<Record<string, May>> = {
	'/': anyone,
	'/accent/[colour].css': anyone,
	'/accessibility': anyone,
	'/account': signedIn,
	'/account/app': signedIn,
	'/account/passkey': signedIn,
	'/contact': anyone,
	'/data': anyone,
	'/desk': isStaff,
	'/desk/institution': isSecretariat,
	'/desk/mail': maySeeMail,
	'/desk/mail/[mail]': mayReadMail,
	'/desk/organisations': mayLookAfterOrganisations,
	'/desk/organisations/[organisation]': mayLookAfterOrganisations,
	'/desk/staff': maySeeStaff,
	'/desk/topics/[topic]/invitations': isSecretariat,
	'/desk/topics/[topic]/moderation': isModerator,
	'/desk/topics/[topic]/people': isStaff,
	'/desk/topics/[topic]/preview': isStaff,
	'/desk/topics/[topic]/report': isRapporteur,
	'/desk/topics/[topic]/report/[report]': isRapporteur,
	'/desk/topics/[topic]/setup': isSecretariat,
	'/desk/topics/[topic]/setup/promises': isSecretariat,
	'/desk/topics/[topic]/setup/publish': isSecretariat,
	'/desk/topics/[topic]/setup/questions': isSecretariat,
	'/desk/topics/[topic]/setup/stages': isSecretariat,
	'/desk/topics/[topic]/setup/stages/[stage]': isSecretariat,
	'/desk/topics/[topic]/texts': isRapporteur,
	'/desk/topics/[topic]/texts/[text]': isRapporteur,
	'/desk/topics/[topic]/texts/[text]/files/[part]': isRapporteur,
	'/desk/topics/[topic]/texts/[text]/version': isRapporteur,
	'/desk/topics/[topic]/texts/found': isRapporteur,
	'/desk/topics/[topic]/texts/import': isRapporteur,
	'/desk/topics/[topic]/texts/import/[import]': isRapporteur,
	'/desk/topics/[topic]/texts/meanings': isRapporteur,
	'/desk/topics/new': isSecretariat,
	'/first-run': anyone,
	'/invitations/[invitation]': anyone,
	'/logo/[version]': anyone,
	'/receipts/[receipt]': anyone,
	'/refused/[code]': anyone,
	'/sign-in': anyone,
	'/sign-in/api/[...path]': anyone,
	'/sign-in/code': anyone,
	'/sign-in/demo': anyone,
	'/sign-in/done': anyone,
	'/sign-in/provider': anyone,
	'/sign-in/second-factor': anyone,
	'/style': anyone,
	'/terms': anyone,
	'/topics/[topic]': anyone,
	'/topics/[topic]/comments/[comment]': anyone,
	'/topics/[topic]/ideas': anyone,
	'/topics/[topic]/ideas/[idea]': anyone,
	'/topics/[topic]/ideas/[idea]/comment': anyone,
	'/topics/[topic]/ideas/[idea]/flag': anyone,
	'/topics/[topic]/ideas/[idea]/wording': anyone,
	'/topics/[topic]/ideas/new': anyone,
	'/topics/[topic]/library/[document]': anyone,
	'/topics/[topic]/me': anyone,
	'/topics/[topic]/opinions': anyone,
	'/topics/[topic]/reports/[report]': anyone,
	'/topics/[topic]/reports/[report]/figures.json': anyone,
	'/topics/[topic]/submissions': anyone,
	'/topics/[topic]/submissions/[submission]': anyone,
	'/topics/[topic]/submissions/[submission]/files/[part]': anyone,
	'/topics/[topic]/submissions/new': anyone
};

export { isAdministrator, isModerator, isRapporteur, isSecretariat, isStaff };
