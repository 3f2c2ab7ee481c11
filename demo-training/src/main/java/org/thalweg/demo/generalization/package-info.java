/** Which measures of sharpness tell how well a network generalizes. */
@NullMarked
package org.thalweg.demo.generalization;

import org.jspecify.annotations.NullMarked;
