/**
 * Lets the engine work under a Content Security Policy that refuses inline styles. It adds the style sheets of components as
 * <style> elements: they get the nonce of this page. It writes computed styles as an attribute: they go through the CSS object
 * model, which the policy allows. Must be imported before the engine.
 */
const nonce = document.querySelector('script[nonce]')?.nonce;
const createElement = document.createElement.bind(document);
const setAttribute = Element.prototype.setAttribute;

document.createElement = (name, options) => {
    const element = createElement(name, options);
    if (nonce && name === 'style') element.nonce = nonce;
    return element;
};

Element.prototype.setAttribute = function setAttributeOrStyle(name, value) {
    if (name === 'style') this.style.cssText = value;
    else setAttribute.call(this, name, value);
};
