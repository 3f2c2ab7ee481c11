@NullMarked
package org.thalweg.viewer.internal.http;

import org.jspecify.annotations.NullMarked;
