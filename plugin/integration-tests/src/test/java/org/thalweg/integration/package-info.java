/** What Thalweg's jars are to others. */
@NullMarked
package org.thalweg.integration;

import org.jspecify.annotations.NullMarked;
