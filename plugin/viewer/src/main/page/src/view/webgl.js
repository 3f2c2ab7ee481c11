/** Names of software renderers. */
const BY_PROCESSOR = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** A renderer's name; Chromium tells it only through an extension, of which others warn. */
function rendererOf(gl) {
  const name = gl.getParameter(gl.RENDERER);
  const details = name === 'WebKit WebGL' && gl.getExtension('WEBGL_debug_renderer_info');
  return details ? gl.getParameter(details.UNMASKED_RENDERER_WEBGL) : name;
}

const gl = document.createElement('canvas').getContext('webgl2');

/** Whether this browser can draw surfaces. */
export const HAS_WEBGL = gl !== null;

/**
 * Whether it draws them without a graphics card, where many triangles and antialiasing are too slow for smooth motion.
 */
export const IN_SOFTWARE = HAS_WEBGL && BY_PROCESSOR.test(rendererOf(gl));

gl?.getExtension('WEBGL_lose_context')?.loseContext();
