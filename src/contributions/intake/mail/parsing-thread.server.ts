import { parentPort } from 'node:worker_threads';
import { parseMail, type MailToParse } from './parsing.ts';

// the thread that parsing.server.ts keeps: one mail after the other, one answer each
parentPort?.on('message', (mail: MailToParse) => {
	void parseMail(mail).then((parsed) => parentPort?.postMessage(parsed));
});
