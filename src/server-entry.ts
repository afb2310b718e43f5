// Bundled by the same build as the pages, so that modules with a state exist once in the process.
export { front } from '#web/front/front.server.ts';
export { openContext, openOwnContext } from '#web/opening.server.ts';
export { joinSiblings, passOn } from '#web/front/siblings.server.ts';
export { answerApi } from '#api/answering.server.ts';
export { readyToDetect } from '#languages/detection.server.ts';
