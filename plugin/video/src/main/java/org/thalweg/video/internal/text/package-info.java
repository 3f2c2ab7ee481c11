/**
 * Text from fonts in the jar. Java's own text needs the machine's font libraries and an installed font, which servers
 * and containers often lack; so outlines are read and filled here.
 */
@NullMarked
package org.thalweg.video.internal.text;

import org.jspecify.annotations.NullMarked;
