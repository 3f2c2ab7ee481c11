/** What the test of public faces must find. */
@NullMarked
package org.thalweg.integration.internal;

import org.jspecify.annotations.NullMarked;
