/**
 * Messages to the page around a Canvas app.
 * Salesforce: as its SDK sends and takes them (forcedotcom/SalesforceCanvasJavascriptSDK, js/client.js): JSON as text, answered under
 * the same number. No token of the user is needed for those that are sent here.
 */
const PREFIX = 'canvas-frame-';

export function canvasMessage(type, facts = {}, number = 0) {
    const instanceId = window.name.startsWith(PREFIX) ? window.name.slice(PREFIX.length) : window.name;
    const client = { oauthToken: 'null', instanceId, targetOrigin: '*' };
    const body = { type, accessToken: 'null', config: { client }, ...facts };
    return JSON.stringify({ seq: number, src: 'client', clientVersion: '66.0', body, targetModule: 'Canvas' });
}
