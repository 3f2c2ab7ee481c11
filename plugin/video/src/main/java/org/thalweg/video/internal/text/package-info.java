/**
 * Text from fonts that are in the jar. Outlines are read and filled here, since Java's own text needs the machine's font
 * libraries and at least one installed font, which servers and containers often lack.
 */
@NullMarked
package org.thalweg.video.internal.text;

import org.jspecify.annotations.NullMarked;
